/**
 * The production core and loop in a simulated world: a virtual clock, a simulated cluster, store,
 * users and faults, all driven by one seed, with every promise of the design checked after every
 * event.
 */
@NullMarked
package io.homeport.simulation;

import org.jspecify.annotations.NullMarked;
