/** The Mesos engine against recordings of a real Mesos, and against a small one of the tests. */
@NullMarked
package io.homeport.mesos;

import org.jspecify.annotations.NullMarked;
