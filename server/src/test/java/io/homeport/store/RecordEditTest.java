package io.homeport.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AppId;
import io.homeport.state.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecordEditTest {
  @Test
  void ofSeveralChangesOfOneThingOnlyTheLastIsWritten() {
    List<Change.Stored> changes =
        List.of(
            new Change.TermBegan("term1"),
            new Change.FrameworkRegistered("framework"),
            new Change.TermBegan("term2"));

    assertThat(RecordEdit.of(changes))
        .isEqualTo(
            List.of(
                RecordEdit.of(changes.get(1)).getFirst(),
                RecordEdit.of(changes.get(2)).getFirst()));
  }

  @Test
  void versionsOfAnAppStayBehindAndBeforeItsRemoval() {
    Change.Stored put = GoldenSamples.appNamed("/a");
    Change.Stored removed = new Change.AppRemoved(new AppId("/a"));

    assertThat(RecordEdit.of(List.of(put, removed, put)))
        .satisfiesExactly(
            first -> assertThat(first).isInstanceOf(RecordEdit.Put.class),
            second -> assertThat(second).isInstanceOf(RecordEdit.RemoveAll.class),
            third -> assertThat(third).isInstanceOf(RecordEdit.Remove.class),
            fourth -> assertThat(fourth).isInstanceOf(RecordEdit.Put.class));
  }
}
