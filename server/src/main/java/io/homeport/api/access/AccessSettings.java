package io.homeport.api.access;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What decides who may call.
 *
 * @param address the address the server listens on
 * @param root whether the server runs as root: whoever may call then may do everything on the
 *     machine
 * @param insecure whether everybody may call, as wanted by the operator
 * @param tokenFile where the token is, or is put
 * @param credentials the file with names and passwords, see {@link Credentials}
 * @param tls whether the connection is encrypted
 * @param hostNames further names the server is called by
 */
public record AccessSettings(
    String address,
    boolean root,
    boolean insecure,
    Path tokenFile,
    Optional<Path> credentials,
    boolean tls,
    List<String> hostNames) {}
