/** Tests of the local engine: real processes in real directories. */
@NullMarked
package io.homeport.local;

import org.jspecify.annotations.NullMarked;
