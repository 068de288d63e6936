/**
 * The servers: the production core and loop on a simulated store, turned by the simulation instead
 * of by threads.
 */
@NullMarked
package io.homeport.simulation.server;

import org.jspecify.annotations.NullMarked;
