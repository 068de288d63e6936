package io.homeport.api.definition;

import java.util.List;

/**
 * What came of reading a request to change several apps.
 *
 * @param updates the entries in their order; empty if there are problems
 * @param problems everything that is wrong with any entry, with paths such as {@code /(0)/cpus}
 */
public record BulkReading(List<NamedUpdate> updates, List<Problem> problems) {}
