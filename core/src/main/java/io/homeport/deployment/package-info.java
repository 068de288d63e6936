/**
 * From wanted and actual to the next steps: what starts, stops, is replaced, and when it is done.
 */
package io.homeport.deployment;
