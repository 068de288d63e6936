/**
 * The simulated cluster: a master and machines as unkind as the real ones. It knows nothing of
 * those who use it or watch it.
 */
@NullMarked
package io.homeport.simulation.cluster;

import org.jspecify.annotations.NullMarked;
