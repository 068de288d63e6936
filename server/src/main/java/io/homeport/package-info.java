/** The root: configuration and wiring. */
@NullMarked
package io.homeport;

import org.jspecify.annotations.NullMarked;
