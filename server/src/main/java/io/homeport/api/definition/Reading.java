package io.homeport.api.definition;

import io.homeport.model.AppDefinition;
import java.util.List;
import java.util.Optional;

/**
 * What came of reading an app definition.
 *
 * @param definition the definition with every default filled in, and {@link
 *     java.time.Instant#EPOCH} for its three versions, which the scheduler sets; absent exactly if
 *     there are problems
 * @param problems everything that is wrong, in the order of the checks
 * @param warnings sentences for the user about a definition that is accepted
 */
public record Reading(
    Optional<AppDefinition> definition, List<Problem> problems, List<String> warnings) {}
