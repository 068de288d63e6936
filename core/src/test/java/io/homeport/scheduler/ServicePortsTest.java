package io.homeport.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.PortDefinition;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which service ports apps get that leave theirs open. */
class ServicePortsTest {
  private static AppDefinition app(String id, int... ports) {
    List<PortDefinition> definitions =
        IntStream.of(ports)
            .mapToObj(port -> new PortDefinition(port, "tcp", Optional.empty(), new TreeMap<>()))
            .toList();
    return Story.stateless(id, 0).withPorts(definitions, Optional.empty());
  }

  private static List<Integer> ports(Story story, String app) {
    return Optional.ofNullable(story.state.durable().apps().get(new AppId(app))).stream()
        .flatMap(known -> known.definition().portDefinitions().stream())
        .map(PortDefinition::port)
        .toList();
  }

  private static void delete(Story story, String app) {
    story.ask(new Command.DeleteApp(new AppId(app), false, Optional.empty()));
  }

  @Test
  void theLowestFreeOneIsChosen() {
    Story story = new Story();
    story.put(app("/explicit", 10_001, 10_001, 9_000));
    story.put(app("/a", 0, 0, 10_002));
    story.put(app("/b", 0));

    assertThat(ports(story, "/a")).containsExactly(10_000, 10_003, 10_002);
    assertThat(ports(story, "/b")).containsExactly(10_004);
  }

  @Test
  void onesThatAppsGiveUpAreFreeAgain() {
    Story story = new Story();
    story.put(app("/shared", 10_000));
    story.put(app("/too", 10_000, 10_001));
    delete(story, "/shared");
    story.put(app("/a", 0));
    assertThat(ports(story, "/a")).containsExactly(10_002);

    story.put(app("/too", 11_000));
    story.put(app("/b", 0, 0, 0));
    assertThat(ports(story, "/b")).containsExactly(10_000, 10_001, 10_003);
  }

  @Test
  void anAppKeepsItsOwn() {
    Story story = new Story();
    story.put(app("/a", 0, 0));
    story.put(app("/b", 0));
    story.put(app("/a", 0, 0, 0));
    assertThat(ports(story, "/a")).containsExactly(10_000, 10_001, 10_003);

    story.put(app("/a", 0, 10_000));
    assertThat(ports(story, "/a")).containsExactly(10_001, 10_000);
  }

  @Test
  void aPortStaysOpenWhenAllAreUsed() {
    Story story = new Story();
    story.put(app("/all", IntStream.rangeClosed(10_000, 20_000).toArray()));
    story.put(app("/late", 0));
    assertThat(ports(story, "/late")).containsExactly(0);

    delete(story, "/all");
    story.put(app("/next", 0));
    assertThat(ports(story, "/next")).containsExactly(10_000);
  }
}
