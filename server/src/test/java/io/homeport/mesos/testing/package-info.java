/**
 * The Mesos of the tests: a master and agents in Mesos's own terms, behind its HTTP API. Nothing of
 * the product's translation is used, so that a mistake there cannot cancel itself out; replays of
 * the recordings hold it to the real Mesos.
 */
@NullMarked
package io.homeport.mesos.testing;

import org.jspecify.annotations.NullMarked;
