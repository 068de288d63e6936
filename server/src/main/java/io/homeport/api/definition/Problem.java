package io.homeport.api.definition;

/**
 * What is wrong at one place of a JSON text.
 *
 * @param path where, in Marathon's notation: {@code /container/volumes(0)/containerPath}, or {@code
 *     /} for the whole
 * @param message what was expected and what was found
 */
public record Problem(String path, String message) {}
