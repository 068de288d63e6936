/**
 * Schedulers with a planted defect: each is a part that was tampered with, put in the place of the
 * production one. A simulation that does not notice them proves nothing.
 */
@NullMarked
package io.homeport.simulation.defects;

import org.jspecify.annotations.NullMarked;
