/** Tests of the simulation, and through it of core and loop. */
@NullMarked
package io.homeport.simulation;

import org.jspecify.annotations.NullMarked;
