package io.homeport.api;

import io.homeport.api.definition.AppReader;
import io.homeport.api.definition.AppWarnings;
import io.homeport.api.definition.BulkReading;
import io.homeport.api.definition.Context;
import io.homeport.api.definition.NamedUpdate;
import io.homeport.api.definition.Reading;
import io.homeport.api.definition.Update;
import io.homeport.api.definition.UpdateReader;
import io.homeport.deployment.Folders;
import io.homeport.deployment.Plan;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.ErrorCode;
import io.homeport.scheduler.Reply;
import io.homeport.state.App;
import io.homeport.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creating, changing, restarting and deleting apps. A change is read on top of the version that is
 * current when the request comes; if another one wins the race, it is read again on top of that
 * one.
 */
final class AppChanges {
  private static final int MOST_RETRIES = 10;

  private final Backend backend;
  private final Context context;

  AppChanges(Backend backend) {
    this.backend = backend;
    this.context = Context.ofRole(backend.config().role());
  }

  Answer create(Request request) {
    Reading reading = AppReader.read(request.json(), context);
    AppDefinition app = definition(reading);
    if (request.flag("dryRun", false)) {
      if (backend.state().durable().apps().containsKey(app.id())) {
        throw ApiException.of(
            409, "app_exists", "An app with id [" + app.id() + "] already exists.");
      }
      return plan(List.of(app), reading.warnings());
    }
    Reply.Deployed deployed = put(List.of(new Command.AppPut(app, Optional.empty())), request);
    return created(app, deployed, reading.warnings());
  }

  private static AppDefinition definition(Reading reading) {
    return reading.definition().orElseThrow(() -> ApiException.invalid(reading.problems()));
  }

  private Reply.Deployed put(List<Command.AppPut> apps, Request request) {
    Reply reply =
        backend.ask(new Command.PutApps(apps, request.flag("force", false), request.origin()));
    if (reply instanceof Reply.Deployed deployed) {
      return deployed;
    }
    throw new IllegalStateException("a change of apps was answered with " + reply);
  }

  private Answer created(AppDefinition app, Reply.Deployed deployed, List<String> warnings) {
    AppDefinition now =
        Optional.ofNullable(backend.state().durable().apps().get(app.id()))
            .flatMap(known -> known.version(deployed.version()))
            .orElse(
                app.asVersion(
                    app.instances(), deployed.version(), deployed.version(), deployed.version()));
    // As it is created: what has been launched since then is nobody's business here.
    ObjectNode body =
        AppJson.of(
            ClusterState.EMPTY,
            now,
            java.util.EnumSet.of(AppJson.Embed.COUNTS, AppJson.Embed.DEPLOYMENTS));
    // Marathon leaves it out of this answer alone (Marathon tape 01).
    body.remove("versionInfo");
    body.putArray("deployments").addObject().put("id", deployed.deployment().value());
    withWarnings(body, warnings);
    Map<String, String> headers = new HashMap<>(Answer.deploymentHeader(deployed));
    headers.put("Location", "/v2/apps" + app.id().path());
    return new Answer.Body(201, body, headers);
  }

  private static void withWarnings(ObjectNode body, List<String> warnings) {
    if (!warnings.isEmpty()) {
      body.set("warnings", Json.strings(warnings));
    }
  }

  Answer put(Request request) {
    boolean partial = request.flag("partialUpdate", true);
    return change(request, partial ? UpdateReader.Kind.PARTIAL : UpdateReader.Kind.COMPLETE, true);
  }

  Answer patch(Request request) {
    return change(request, UpdateReader.Kind.PARTIAL, false);
  }

  private Answer change(Request request, UpdateReader.Kind kind, boolean mayCreate) {
    JsonNode body = request.json();
    AppId id = request.app();
    Optional<String> match = ifMatch(request);
    for (int attempt = 1; ; attempt++) {
      Optional<App> known = Optional.ofNullable(backend.state().durable().apps().get(id));
      if (known.isEmpty() && (!mayCreate || match.isPresent())) {
        throw ApiException.unknownApp(id.path());
      }
      known.ifPresent(app -> requireMatch(match, app.definition()));
      try {
        return change(request, body, id, known, kind);
      } catch (ApiException refused) {
        if (!isStale(refused) || match.isPresent() || attempt == MOST_RETRIES) {
          throw refused;
        }
      }
    }
  }

  private static boolean isStale(ApiException refused) {
    String code = refused.body().path("code").asString("");
    return code.equalsIgnoreCase(ErrorCode.STALE.name());
  }

  private Answer change(
      Request request, JsonNode body, AppId id, Optional<App> known, UpdateReader.Kind kind) {
    Optional<AppDefinition> current = known.map(App::definition);
    Reading reading =
        switch (UpdateReader.read(body, id, current, kind, context)) {
          case Update.Definition definition -> definition.reading();
          case Update.Rollback rollback -> rollback(known, rollback.version());
        };
    AppDefinition app = definition(reading);
    if (request.flag("dryRun", false)) {
      return plan(List.of(app), reading.warnings());
    }
    Reply.Deployed deployed =
        put(List.of(new Command.AppPut(app, current.map(AppDefinition::version))), request);
    if (current.isEmpty()) {
      return created(app, deployed, reading.warnings());
    }
    ObjectNode answer = Answer.deployment(deployed);
    withWarnings(answer, news(reading, current.get()));
    return new Answer.Body(200, answer, Answer.deploymentHeader(deployed));
  }

  /** What was said of the app before is not said again with every change; GET still shows it. */
  private static List<String> news(Reading reading, AppDefinition before) {
    List<String> known = AppWarnings.of(before);
    return reading.warnings().stream().filter(warning -> !known.contains(warning)).toList();
  }

  /** The definition of an earlier version, which becomes the next one. */
  private static Reading rollback(Optional<App> known, Instant version) {
    AppDefinition earlier =
        known
            .flatMap(app -> app.version(version))
            .orElseThrow(
                () ->
                    ApiException.invalid(
                        "/version",
                        "there is no version " + Json.time(version) + " of the app that is kept"));
    return new Reading(Optional.of(earlier), List.of(), List.of());
  }

  Answer putAll(Request request) {
    boolean partial = request.flag("partialUpdate", true);
    return changeAll(request, partial ? UpdateReader.Kind.PARTIAL : UpdateReader.Kind.COMPLETE);
  }

  Answer patchAll(Request request) {
    return changeAll(request, UpdateReader.Kind.PARTIAL);
  }

  private Answer changeAll(Request request, UpdateReader.Kind kind) {
    JsonNode body = request.json();
    for (int attempt = 1; ; attempt++) {
      try {
        return changeAll(request, body, kind);
      } catch (ApiException refused) {
        if (!isStale(refused) || attempt == MOST_RETRIES) {
          throw refused;
        }
      }
    }
  }

  private Answer changeAll(Request request, JsonNode body, UpdateReader.Kind kind) {
    ClusterState state = backend.state();
    BulkReading bulk =
        UpdateReader.readAll(
            body,
            id -> Optional.ofNullable(state.durable().apps().get(id)).map(App::definition),
            kind,
            context);
    if (!bulk.problems().isEmpty()) {
      throw ApiException.invalid(bulk.problems());
    }
    List<Command.AppPut> puts = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (NamedUpdate named : bulk.updates()) {
      Optional<App> known = Optional.ofNullable(state.durable().apps().get(named.id()));
      Reading reading =
          switch (named.update()) {
            case Update.Definition definition -> definition.reading();
            case Update.Rollback rollback -> rollback(known, rollback.version());
          };
      warnings.addAll(reading.warnings());
      puts.add(
          new Command.AppPut(definition(reading), known.map(app -> app.definition().version())));
    }
    if (request.flag("dryRun", false)) {
      return plan(puts.stream().map(Command.AppPut::definition).toList(), warnings);
    }
    Reply.Deployed deployed = put(puts, request);
    ObjectNode answer = Answer.deployment(deployed);
    withWarnings(answer, warnings);
    return new Answer.Body(200, answer, Answer.deploymentHeader(deployed));
  }

  Answer restart(Request request) {
    AppDefinition app = AppsResource.find(backend.state(), request.app());
    requireMatch(ifMatch(request), app);
    if (request.flag("dryRun", false)) {
      return plan(Plan.ofRestart(backend.state(), app));
    }
    return deployed(backend.ask(new Command.RestartApp(app.id(), request.flag("force", false))));
  }

  Answer delete(Request request) {
    AppDefinition app = AppsResource.find(backend.state(), request.app());
    Optional<String> match = ifMatch(request);
    requireMatch(match, app);
    if (request.flag("dryRun", false)) {
      return plan(Plan.ofDelete(backend.state(), app));
    }
    // Marathon's default for force is true here.
    return deployed(
        backend.ask(
            new Command.DeleteApp(
                app.id(), request.flag("force", true), match.map(_ -> app.version()))));
  }

  private static Answer deployed(Reply reply) {
    if (reply instanceof Reply.Deployed deployed) {
      return Answer.deployed(deployed);
    }
    throw new IllegalStateException("a change of an app was answered with " + reply);
  }

  private static Optional<String> ifMatch(Request request) {
    return request.headers().apply("If-Match").map(String::strip).filter(tag -> !tag.equals("*"));
  }

  private static void requireMatch(Optional<String> match, AppDefinition app) {
    String version = "\"" + Json.time(app.version()) + "\"";
    if (match.filter(tag -> !tag.equals(version)).isPresent()) {
      throw ApiException.of(
          412,
          "stale",
          "The request was made for version "
              + match.orElse("")
              + " of the app "
              + app.id()
              + ", but its version is "
              + version
              + " now. Read it again, and repeat the change if it is still wanted.");
    }
  }

  private Answer plan(List<AppDefinition> apps, List<String> warnings) {
    ClusterState state = backend.state();
    for (AppDefinition app : apps) {
      if (!state.durable().apps().containsKey(app.id())) {
        Folders.conflict(state.durable().apps(), app.id())
            .ifPresent(
                conflict -> {
                  throw ApiException.invalid("/id", conflict);
                });
      }
    }
    List<Plan> plans = apps.stream().map(app -> Plan.ofPut(state, app)).toList();
    return Answer.ok(PlanJson.of(backend, plans, warnings));
  }

  private Answer plan(Plan plan) {
    return Answer.ok(PlanJson.of(backend, List.of(plan), List.of()));
  }
}
