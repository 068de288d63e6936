/** The simulated cluster beside recordings of a real Mesos. */
@NullMarked
package io.homeport.simulation.cluster;

import org.jspecify.annotations.NullMarked;
