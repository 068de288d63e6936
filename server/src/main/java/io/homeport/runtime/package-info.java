/** The loop that drives the core, and the ports to everything around it. */
@NullMarked
package io.homeport.runtime;

import org.jspecify.annotations.NullMarked;
