package io.homeport.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AppId;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A path is an app or a folder, never both. */
final class FoldersTest {
  private final TreeMap<AppId, Boolean> apps = new TreeMap<>();

  private boolean isRefused(String id) {
    return Folders.conflict(apps, new AppId(id)).isPresent();
  }

  @Test
  void anAppIsNoFolderAndAFolderIsNoApp() {
    apps.put(new AppId("/shop/db"), true);
    assertThat(isRefused("/shop")).isTrue();
    assertThat(isRefused("/shop/db/backup")).isTrue();
    assertThat(isRefused("/shop/db/backup/daily")).isTrue();
  }

  @Test
  void likeNamesAreOtherPaths() {
    apps.put(new AppId("/shop/db"), true);
    apps.put(new AppId("/shop-old/db"), true);
    assertThat(isRefused("/shop/d")).isFalse();
    assertThat(isRefused("/shop/db2")).isFalse();
    assertThat(isRefused("/shop/db-2")).isFalse();
    assertThat(isRefused("/sho")).isFalse();
    assertThat(isRefused("/zoo")).isFalse();
  }

  @Test
  void appsOfOneRequestAreHeldAgainstEachOther() {
    assertThat(Folders.conflict(List.of(new AppId("/a"), new AppId("/b")))).isEmpty();
    assertThat(Folders.conflict(List.of(new AppId("/a/b"), new AppId("/a")))).isPresent();
  }
}
