/** Whole stories on the built artefact: real processes, real directories, real crashes. */
@NullMarked
package io.homeport.e2e;

import org.jspecify.annotations.NullMarked;
