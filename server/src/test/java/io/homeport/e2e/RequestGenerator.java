package io.homeport.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Makes up requests: sensible ones, spoiled ones, and nonsense. The same seed makes the same ones.
 */
final class RequestGenerator {
  private static final String[] METHODS = {
    "GET", "GET", "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"
  };
  private static final String[] TEMPLATES = {
    "/",
    "/ping",
    "/metrics",
    "/openapi.json",
    "/v2/apps",
    "/v2/apps/%s",
    "/v2/apps//%s",
    "/v2/apps/%s/*",
    "/v2/apps/%s/restart",
    "/v2/apps/%s/tasks",
    "/v2/apps/%s/tasks/%s",
    "/v2/apps/%s/versions",
    "/v2/apps/%s/versions/%s",
    "/v2/apps/%s/runs",
    "/v2/apps/%s/explain",
    "/v2/tasks",
    "/v2/tasks/delete",
    "/v2/tasks/%s/files",
    "/v2/tasks/%s/files/content",
    "/v2/tasks/%s/logs/stdout",
    "/v2/tasks/%s/logs/%s",
    "/v2/deployments",
    "/v2/deployments/%s",
    "/v2/queue",
    "/v2/queue/%s/delay",
    "/v2/groups",
    "/v2/groups/%s",
    "/v2/volumes",
    "/v2/volumes/%s",
    "/v2/volumes/%s/adopt",
    "/v2/volumes/%s/files",
    "/v2/volumes/%s/files/content",
    "/v2/agents",
    "/v2/agents/%s",
    "/v2/agents/%s/activate",
    "/v2/info",
    "/v2/leader",
    "/v2/nothing/%s",
    "/ui/",
    "/ui/%s"
  };
  private static final String[] NAMES = {
    "web",
    "db",
    "a/b",
    "sesame/samson",
    "..",
    "%2e%2e%2fetc",
    "%00",
    "x%23y%23z",
    "UPPER",
    "-",
    "a.b",
    "db.instance-x-1._app.1",
    "db%23data%23x-1",
    "local-1",
    "local-9",
    "%F0%9F%9A%A2",
    "%FF",
    "a%20b",
    "2026-11-22T11:00:11.500Z",
    "0",
    "restart",
    "*",
    "web/tasks/x",
    "very-".repeat(100) + "long"
  };
  private static final String[] QUERIES = {
    "force=true",
    "force=maybe",
    "scale=true",
    "wipe=true",
    "scale=true&wipe=true",
    "dryRun=true",
    "partialUpdate=false",
    "embed=app.tasks",
    "embed=apps.counts&embed=nonsense",
    "label=a%3D%3Db",
    "label=!!",
    "id=w",
    "cmd=sleep",
    "status=running",
    "status[]=staging",
    "tail=5",
    "tail=-1",
    "offset=-10&length=5",
    "offset=99999999999999999999",
    "length=0",
    "path=..%2F..%2Fetc%2Fpasswd",
    "path=log",
    "path=%00",
    "host=local-1",
    "app=/db",
    "app=db/*",
    "&&&=",
    "%ZZ",
    "a=b=c"
  };
  private static final String[] VALUES = {
    "null",
    "true",
    "0",
    "-1",
    "1e308",
    "1e999",
    "99999999999999999999",
    "0.0001",
    "\"\"",
    "\"x\"",
    "\"../../../etc/opt\"",
    "[]",
    "[[]]",
    "{}",
    "[null]",
    "{\"a\": {}}",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "[1,2,3]",
    "NaN",
    "\"" + "x".repeat(2000) + "\""
  };
  private static final String[] FIELDS = {
    "id",
    "cmd",
    "args",
    "user",
    "env",
    "instances",
    "cpus",
    "mem",
    "disk",
    "gpus",
    "container",
    "networks",
    "portDefinitions",
    "ports",
    "requirePorts",
    "constraints",
    "fetch",
    "uris",
    "healthChecks",
    "upgradeStrategy",
    "backoffSeconds",
    "backoffFactor",
    "maxLaunchDelaySeconds",
    "labels",
    "acceptedResourceRoles",
    "role",
    "unreachableStrategy",
    "killSelection",
    "taskKillGracePeriodSeconds",
    "residency",
    "version",
    "versionInfo",
    "dependencies",
    "secrets",
    "unheardOf",
    "ids",
    "appId",
    "ordinal"
  };

  private final Random random;

  RequestGenerator(Random random) {
    this.random = random;
  }

  /** A request as it is sent. */
  record Request(String method, String target, Optional<String> body, List<String[]> headers) {
    @Override
    public String toString() {
      return method + " " + target + body.map(text -> " " + text).orElse("");
    }
  }

  Request next() {
    String method = any(METHODS);
    StringBuilder target = new StringBuilder();
    String template = any(TEMPLATES);
    while (template.contains("%s")) {
      template = template.replaceFirst("%s", java.util.regex.Matcher.quoteReplacement(any(NAMES)));
    }
    target.append(template);
    if (random.nextInt(3) == 0) {
      target.append('?').append(any(QUERIES));
    }
    boolean bodied = random.nextInt(4) != 0 && !method.equals("GET") && !method.equals("HEAD");
    return new Request(
        method, target.toString(), bodied ? Optional.of(body()) : Optional.empty(), headers());
  }

  private String any(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private List<String[]> headers() {
    List<String[]> headers = new ArrayList<>();
    headers.add(
        new String[] {
          "Content-Type",
          any(
              new String[] {
                "application/json",
                "application/json",
                "application/json",
                "text/plain",
                "application/json; charset=utf-8",
                "x/y",
                "nonsense"
              })
        });
    if (random.nextInt(10) == 0) {
      headers.add(new String[] {"If-Match", any(new String[] {"\"x\"", "*", "\"2026\"", "\""})});
    }
    if (random.nextInt(10) == 0) {
      headers.add(new String[] {"Accept", any(new String[] {"text/html", "x", "*/*;q=0"})});
    }
    if (random.nextInt(20) == 0) {
      headers.add(new String[] {"Last-Event-ID", any(new String[] {"x", "0-0", "99999-1"})});
    }
    return headers;
  }

  private String body() {
    return switch (random.nextInt(8)) {
      case 0 -> any(VALUES);
      case 1 -> app().substring(0, random.nextInt(app().length()));
      case 2 -> "[" + app() + ", " + spoiled() + "]";
      case 3 -> "[".repeat(2000);
      case 4 -> app();
      default -> spoiled();
    };
  }

  private String app() {
    return "{\"id\": \"/"
        + any(new String[] {"web", "db", "a/b"})
        + "\", \"cmd\": \"sleep 1000\","
        + " \"cpus\": 0.01, \"mem\": 8, \"instances\": "
        + random.nextInt(2)
        + ", \"container\": {\"type\": \"MESOS\", \"volumes\": [{\"containerPath\": \"data\","
        + " \"mode\": \"RW\", \"persistent\": {\"size\": 1}}]}}";
  }

  /** A definition with some fields replaced by nonsense. */
  private String spoiled() {
    StringBuilder body = new StringBuilder("{");
    if (random.nextInt(3) != 0) {
      body.append("\"id\": \"/").append(any(new String[] {"web", "db", "../x"})).append("\", ");
    }
    int fields = 1 + random.nextInt(4);
    for (int index = 0; index < fields; index++) {
      String field = any(FIELDS);
      String value = any(VALUES);
      // Large numbers of instances are legal, and would only keep the machine busy.
      boolean large = field.equals("instances") && value.length() > 3 && value.charAt(0) == '9';
      body.append(index == 0 ? "" : ", ").append('"').append(field).append("\": ");
      body.append(large ? "-5" : value);
    }
    return body.append('}').toString();
  }
}
