/** The decisions: one file for each kind of input. */
package io.homeport.scheduler;
