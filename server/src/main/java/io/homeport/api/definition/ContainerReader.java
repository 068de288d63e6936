package io.homeport.api.definition;

import io.homeport.model.Container;
import io.homeport.model.ContainerImage;
import io.homeport.model.ContainerType;
import io.homeport.model.PortMapping;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads {@code container}, with Marathon's rules and messages. */
final class ContainerReader {
  private static final SequencedMap<String, ContainerType> TYPES =
      Choices.of(ContainerType.values(), ContainerType::name);

  /** Images and options become words of a command line. */
  private static final Pattern IMAGE = Pattern.compile("[^-\\s\\p{Cntrl}][^\\s\\p{Cntrl}]*");

  private static final Pattern PARAMETER = Pattern.compile("[a-zA-Z0-9][-a-zA-Z0-9_.]*");

  private final Fields app;
  private final Problems problems;
  private final Optional<Fields> container;
  private final Optional<Fields> docker;
  private final ContainerType type;

  /**
   * A reader for one app.
   *
   * @param app the fields of the app
   */
  ContainerReader(Fields app) {
    this.app = app;
    this.problems = app.problems();
    this.container = app.object("container");
    this.docker = container.flatMap(fields -> fields.object("docker"));
    // DOCKER is Marathon's default, although most containers are MESOS today.
    this.type =
        container.flatMap(fields -> fields.choice("type", TYPES)).orElse(ContainerType.DOCKER);
  }

  /** The fields of the container. */
  Optional<Fields> container() {
    return container;
  }

  /** The fields of {@code container.docker}. */
  Optional<Fields> docker() {
    return docker;
  }

  /** Whether tasks run in an image (or were meant to). */
  boolean hasImage() {
    return docker.isPresent() || isDocker();
  }

  /** Whether there is a container of type DOCKER. */
  boolean isDocker() {
    return app.has("container") && type == ContainerType.DOCKER;
  }

  /** Whether there is a persistent volume, be it read without problems or not. */
  boolean isStateful() {
    return container
        .flatMap(fields -> fields.value("volumes"))
        .map(volumes -> volumes.valueStream().anyMatch(volume -> volume.hasNonNull("persistent")))
        .orElse(false);
  }

  /**
   * The container.
   *
   * @param mappings its port mappings
   * @return absent when none is given and none is needed for the port mappings
   */
  Optional<Container> read(List<PortMapping> mappings) {
    if (container.isEmpty()) {
      return mappings.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Container(ContainerType.MESOS, Optional.empty(), List.of(), List.of(), mappings));
    }
    Fields fields = container.get();
    fields.unsupported("linuxInfo", "tasks keep the settings of the agent");
    VolumeReader volumes = new VolumeReader(problems, hasImage());
    volumes.read(fields);
    if (isDocker() && !fields.has("docker")) {
      fields.problem(
          "docker",
          "not defined: a container of type DOCKER (the default) needs an image; for a plain"
              + " process use \"type\": \"MESOS\"");
    }
    Optional<ContainerImage> image = docker.flatMap(this::image);
    fields.finish();
    return Optional.of(new Container(type, image, volumes.persistent(), volumes.host(), mappings));
  }

  private Optional<ContainerImage> image(Fields fields) {
    fields.require("image", "the name of an image");
    Optional<String> name = fields.nonEmptyText("image");
    if (name.isPresent() && !IMAGE.matcher(name.get()).matches()) {
      fields.problem(
          "image",
          "expected the name of an image without spaces, found " + Found.quoted(name.get()));
    }
    boolean forcePull = fields.bool("forcePullImage").orElse(false);
    boolean privileged = fields.bool("privileged").orElse(false);
    List<ContainerImage.Parameter> parameters =
        fields.list("parameters", this::parameter).orElse(List.of());
    fields.unsupported("credential", "log the agents in to the registry");
    fields.unsupported("pullConfig", "log the agents in to the registry");
    if (type == ContainerType.MESOS && privileged) {
      fields.problem("privileged", "is for containers of type DOCKER only");
    }
    if (type == ContainerType.MESOS && !parameters.isEmpty()) {
      fields.problem("parameters", "must be empty: they are for containers of type DOCKER only");
    }
    // Read by the readers of networks and ports before.
    fields.ignore(List.of("network", "portMappings"));
    fields.finish();
    return name.map(known -> new ContainerImage(known, forcePull, privileged, parameters));
  }

  private Optional<ContainerImage.Parameter> parameter(JsonNode node, FieldPath path) {
    Optional<Fields> given = Fields.of(node, path, problems);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = given.get();
    fields.require("key", "the name of an option");
    fields.require("value", "the value of the option");
    Optional<String> key = fields.nonEmptyText("key");
    if (key.isPresent() && !PARAMETER.matcher(key.get()).matches()) {
      fields.problem(
          "key",
          "expected the name of an option without dashes before it, found "
              + Found.quoted(key.get()));
    }
    Optional<String> value = fields.text("value");
    fields.finish();
    return key.flatMap(name -> value.map(setting -> new ContainerImage.Parameter(name, setting)));
  }
}
