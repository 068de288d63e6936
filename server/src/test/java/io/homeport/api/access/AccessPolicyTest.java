package io.homeport.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may call, by how the server runs. */
class AccessPolicyTest {
  private static AccessSettings settings(
      String address, boolean root, boolean insecure, boolean credentials, boolean tls) {
    return new AccessSettings(
        address,
        root,
        insecure,
        Path.of("/nonexistent/token"),
        credentials ? Optional.of(Path.of("/nonexistent/credentials")) : Optional.empty(),
        tls,
        List.of());
  }

  @ParameterizedTest
  @CsvSource({
    // address, root, insecure, credentials, tls, mode, warnings
    "127.0.0.1, false, false, false, false, OPEN, 0",
    "127.0.0.1, true, false, false, false, TOKEN, 0",
    "::1, true, false, false, false, TOKEN, 0",
    "127.0.0.1, true, true, false, false, OPEN, 1",
    "127.0.0.1, false, true, false, false, OPEN, 0",
    "127.0.0.1, true, false, true, false, CREDENTIALS, 0",
    "0.0.0.0, false, true, false, false, OPEN, 1",
    "0.0.0.0, false, false, true, false, CREDENTIALS, 1",
    "0.0.0.0, true, false, true, true, CREDENTIALS, 0"
  })
  void whoMayCall(
      String address,
      boolean root,
      boolean insecure,
      boolean credentials,
      boolean tls,
      AccessMode mode,
      int warnings)
      throws AccessException {
    AccessPolicy policy = AccessPolicy.choose(settings(address, root, insecure, credentials, tls));
    assertThat(policy.mode()).isEqualTo(mode);
    assertThat(policy.warnings()).hasSize(warnings);
  }

  @Test
  void anyOtherAddressNeedsCredentials() {
    assertThatThrownBy(() -> AccessPolicy.choose(settings("0.0.0.0", false, false, false, true)))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("--credentials")
        .hasMessageContaining("--insecure");
  }

  @Test
  void whatIsNoAddressIsSaid() {
    assertThatThrownBy(() -> AccessPolicy.choose(settings("999.1.1.1", false, false, false, false)))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("999.1.1.1");
  }
}
