/** What every engine must do: one suite for the local, the simulated and the Mesos engine. */
@NullMarked
package io.homeport.contract;

import org.jspecify.annotations.NullMarked;
