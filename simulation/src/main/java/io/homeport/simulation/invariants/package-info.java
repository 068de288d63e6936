/**
 * What must hold: each promise of the product is a named invariant, judged apart from the product.
 */
@NullMarked
package io.homeport.simulation.invariants;

import org.jspecify.annotations.NullMarked;
