/**
 * Does an instance fit what an agent offers, and with which operations? Verdicts carry every unmet
 * condition, because every wait has a reason.
 */
package io.homeport.placement;
