/**
 * The REST API: Marathon's, and in the same style what Marathon lacks. Resources read the committed
 * state and turn requests into commands; nothing here decides.
 */
@NullMarked
package io.homeport.api;

import org.jspecify.annotations.NullMarked;
