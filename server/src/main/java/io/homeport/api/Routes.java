package io.homeport.api;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.StringNode;

/** Every endpoint and the resource behind it. */
final class Routes {
  private Routes() {}

  static Router of(Backend backend, PrometheusMeterRegistry meters) {
    Router router = new Router();
    apps(router, backend);
    tasks(router, backend);
    volumes(router, backend);
    agents(router, backend);
    deployments(router, backend);
    server(router, backend, meters);
    return router;
  }

  private static void apps(Router router, Backend backend) {
    AppsResource apps = new AppsResource(backend);
    AppChanges changes = new AppChanges(backend);
    router.on("GET", "/v2/apps", apps::list);
    router.on("POST", "/v2/apps", changes::create);
    router.on("PUT", "/v2/apps", changes::putAll);
    router.on("PATCH", "/v2/apps", changes::patchAll);
    router.on("GET", "/v2/apps/{app...}/versions", apps::versions);
    router.on("GET", "/v2/apps/{app...}/versions/{version}", apps::version);
    router.on("GET", "/v2/apps/{app...}/explain", apps::explain);
    router.on("POST", "/v2/apps/{app...}/restart", changes::restart);
    AppTasksResource tasks = new AppTasksResource(backend);
    router.on("GET", "/v2/apps/{app...}/*/tasks", tasks::listSubtree);
    router.on("GET", "/v2/apps/{app...}/tasks", tasks::list);
    router.on("DELETE", "/v2/apps/{app...}/tasks", tasks::killAll);
    router.on("DELETE", "/v2/apps/{app...}/tasks/{task}", tasks::killOne);
    router.on("GET", "/v2/apps/{app...}/runs", tasks::runs);
    router.on("GET", "/v2/apps/{app...}/*", apps::listSubtree);
    router.on("GET", "/v2/apps/{app...}", apps::get);
    router.on("PUT", "/v2/apps/{app...}", changes::put);
    router.on("PATCH", "/v2/apps/{app...}", changes::patch);
    router.on("DELETE", "/v2/apps/{app...}", changes::delete);
    GroupsResource groups = new GroupsResource(backend);
    router.on("GET", "/v2/groups", groups::root);
    router.on("GET", "/v2/groups/{group...}", groups::get);
  }

  private static void tasks(Router router, Backend backend) {
    TasksResource tasks = new TasksResource(backend);
    router.on("GET", "/v2/tasks", tasks::list);
    router.on("POST", "/v2/tasks/delete", tasks::delete);
    FilesResource files = new FilesResource(backend);
    router.on("GET", "/v2/tasks/{task}/files", files::ofTask);
    router.on("GET", "/v2/tasks/{task}/files/content", files::contentOfTask);
    LogsResource logs = new LogsResource(backend);
    router.on("GET", "/v2/tasks/{task}/logs/{log}", logs::read);
  }

  private static void volumes(Router router, Backend backend) {
    VolumesResource volumes = new VolumesResource(backend);
    FilesResource files = new FilesResource(backend);
    router.on("GET", "/v2/volumes", volumes::list);
    router.on("GET", "/v2/volumes/{volume}", volumes::get);
    router.on("DELETE", "/v2/volumes/{volume}", volumes::destroy);
    router.on("POST", "/v2/volumes/{volume}/adopt", volumes::adopt);
    router.on("GET", "/v2/volumes/{volume}/history", volumes::history);
    router.on("GET", "/v2/volumes/{volume}/files", files::ofVolume);
    router.on("GET", "/v2/volumes/{volume}/files/content", files::contentOfVolume);
  }

  private static void agents(Router router, Backend backend) {
    AgentsResource agents = new AgentsResource(backend);
    router.on("GET", "/v2/agents", agents::list);
    router.on("GET", "/v2/agents/{agent}", agents::get);
    router.on("POST", "/v2/agents/{agent}/drain", agents::drain);
    router.on("POST", "/v2/agents/{agent}/stop", agents::stop);
    router.on("POST", "/v2/agents/{agent}/activate", agents::activate);
    router.on("POST", "/v2/agents/{agent}/gone", agents::gone);
  }

  private static void deployments(Router router, Backend backend) {
    DeploymentsResource deployments = new DeploymentsResource(backend);
    router.on("GET", "/v2/deployments", deployments::list);
    router.on("DELETE", "/v2/deployments/{deployment}", deployments::cancel);
    QueueResource queue = new QueueResource(backend);
    router.on("GET", "/v2/queue", queue::list);
    router.on("DELETE", "/v2/queue/{app...}/delay", queue::resetDelay);
  }

  private static void server(Router router, Backend backend, PrometheusMeterRegistry meters) {
    InfoResource info = new InfoResource(backend);
    router.on("GET", "/v2/info", info::info);
    LeaderResource leader = LeaderResource.of(backend.config());
    router.on("GET", "/v2/leader", leader::leader);
    router.on("DELETE", "/v2/leader", leader::abdicate);
    StateResource kept = new StateResource(backend);
    router.on("GET", "/v2/state", kept::show);
    router.on("GET", "/v2/state/backup", kept::backup);
    router.on("POST", "/v2/state/resume", kept::resume);
    router.on("GET", "/v2/events", new EventsResource(backend)::follow);
    always(router, backend.stop(), meters);
  }

  /** What a server answers that does not lead. */
  static Router ofStandby(Standby standby, PrometheusMeterRegistry meters) {
    Router router = new Router();
    router.on("GET", "/v2/leader", LeaderResource.of(standby.election())::leader);
    always(router, standby.stop(), meters);
    return router;
  }

  private static void always(Router router, Backend.Stop stop, PrometheusMeterRegistry meters) {
    router.on("POST", "/v2/stop", new StopResource(stop)::stop);
    router.on("GET", "/openapi.json", request -> ApiDescription.answer());
    router.on(
        "GET", "/ping", request -> new Answer.Body(200, StringNode.valueOf("pong"), Map.of()));
    LoggingResource logging = new LoggingResource();
    router.on("GET", "/logging", logging::list);
    router.on("POST", "/logging", logging::change);
    for (String path : List.of("/metrics", "/metrics/prometheus")) {
      router.on(
          "GET",
          path,
          request ->
              new Answer.Text(
                  200, "text/plain; version=0.0.4; charset=utf-8", meters.scrape(), Map.of()));
    }
  }
}
