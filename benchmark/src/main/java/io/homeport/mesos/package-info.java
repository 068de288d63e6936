/** The Mesos engine's wire, for benchmarks. */
@NullMarked
package io.homeport.mesos;

import org.jspecify.annotations.NullMarked;
