/** What the store writes, for benchmarks. */
@NullMarked
package io.homeport.store;

import org.jspecify.annotations.NullMarked;
