/** The judges beside what they judge. */
@NullMarked
package io.homeport.simulation.invariants;

import org.jspecify.annotations.NullMarked;
