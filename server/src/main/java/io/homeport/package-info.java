/**
 * The program: configuration and wiring, by constructors. Everything else is in the packages below,
 * and none of them knows this one.
 */
@NullMarked
package io.homeport;

import org.jspecify.annotations.NullMarked;
