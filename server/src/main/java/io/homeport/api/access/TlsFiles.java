package io.homeport.api.access;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;

/** A certificate with its chain, and its private key, each in a PEM file. */
public final class TlsFiles {
  private static final byte[] SAMPLE = {1, 2, 3};

  private TlsFiles() {}

  /**
   * Reads them.
   *
   * @param certificate the certificate, followed by those that vouch for it
   * @param key its private key, in PKCS #8 form without a password
   * @throws AccessException when a file cannot be read or understood, or the key is another's
   */
  public static Tls read(Path certificate, Path key) throws AccessException {
    for (Path file : new Path[] {certificate, key}) {
      if (!Files.isReadable(file)) {
        throw new AccessException("The file " + file + " is not there, or cannot be read.");
      }
    }
    try {
      Keys keys =
          Keys.builder()
              .pem(pem -> pem.key(Resource.create(key)).certChain(Resource.create(certificate)))
              .build();
      PrivateKey secret = keys.privateKey().orElseThrow();
      checkPair(keys.certChain().getFirst(), secret, certificate, key);
      return Tls.builder().privateKey(secret).privateKeyCertChain(keys.certChain()).build();
    } catch (RuntimeException | GeneralSecurityException notUnderstood) {
      throw new AccessException(
          "Expected a certificate in "
              + certificate
              + " and its private key in "
              + key
              + ", both in PEM form, the key in PKCS #8 ('BEGIN PRIVATE KEY') without a password: "
              + notUnderstood.getMessage(),
          notUnderstood);
    }
  }

  /**
   * How another server proves who it is, when it is called over HTTPS.
   *
   * @param authorities certificates of those who may vouch for it
   * @throws AccessException when the file cannot be read or understood
   */
  public static SSLContext trust(Path authorities) throws AccessException {
    try {
      return Tls.builder()
          .trust(
              Keys.builder()
                  .pem(pem -> pem.certificates(Resource.create(authorities)))
                  .build()
                  .certs())
          .build()
          .sslContext();
    } catch (RuntimeException notUnderstood) {
      throw new AccessException(
          "Expected certificates in PEM form in " + authorities + ": " + notUnderstood.getMessage(),
          notUnderstood);
    }
  }

  private static void checkPair(
      X509Certificate certificate, PrivateKey key, Path certificateFile, Path keyFile)
      throws GeneralSecurityException, AccessException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(SAMPLE);
    byte[] signed = signature.sign();
    try {
      signature.initVerify(certificate);
      signature.update(SAMPLE);
      if (signature.verify(signed)) {
        return;
      }
    } catch (GeneralSecurityException otherKind) {
      throw new AccessException(
          keyFile + " is not the key of the certificate in " + certificateFile + ".", otherKind);
    }
    throw new AccessException(
        keyFile + " is not the key of the certificate in " + certificateFile + ".");
  }
}
