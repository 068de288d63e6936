/** The scheduler core in memory: whole runs on a simulated cluster. */
@NullMarked
package io.homeport.benchmark.scheduler;

import org.jspecify.annotations.NullMarked;
