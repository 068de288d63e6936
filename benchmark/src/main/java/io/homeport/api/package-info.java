/** Encoding alone, for benchmarks. */
@NullMarked
package io.homeport.api;

import org.jspecify.annotations.NullMarked;
