/** The shape of the simulation itself. */
@NullMarked
package io.homeport.simulation.architecture;

import org.jspecify.annotations.NullMarked;
