package io.homeport.model;

import java.util.Optional;

/**
 * A file that is put into the sandbox before a task starts.
 *
 * @param uri where it comes from: {@code http}, {@code https} or {@code file}
 * @param extract whether a known archive is unpacked
 * @param executable whether it is made executable (and then not unpacked)
 * @param cache whether the agent may keep it for later tasks
 * @param destPath its name in the sandbox; the last part of the URI when absent
 */
public record FetchUri(
    String uri, boolean extract, boolean executable, boolean cache, Optional<String> destPath) {}
