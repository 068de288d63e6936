/** What all parts of a simulated world share: time, chance, trouble, and what is told of it. */
@NullMarked
package io.homeport.simulation.world;

import org.jspecify.annotations.NullMarked;
