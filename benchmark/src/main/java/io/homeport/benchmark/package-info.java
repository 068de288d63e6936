/** Whole runs beside a peer or a limit on the same work. */
@NullMarked
package io.homeport.benchmark;

import org.jspecify.annotations.NullMarked;
