/** The program that runs benchmarks and reports. */
@NullMarked
package io.homeport.benchmark;

import org.jspecify.annotations.NullMarked;
