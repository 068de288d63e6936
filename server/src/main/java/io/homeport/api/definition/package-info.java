/**
 * App definitions as JSON: strict parsing, reading with every problem named at once, updates as
 * Marathon makes them, and writing in Marathon's output shape. It knows nothing of HTTP.
 */
@NullMarked
package io.homeport.api.definition;

import org.jspecify.annotations.NullMarked;
