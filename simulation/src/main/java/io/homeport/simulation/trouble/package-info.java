/** What goes wrong with machines, network, master and servers. */
@NullMarked
package io.homeport.simulation.trouble;

import org.jspecify.annotations.NullMarked;
