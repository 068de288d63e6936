/** The local engine: agents on this machine, with real processes and real directories. */
@NullMarked
package io.homeport.local;

import org.jspecify.annotations.NullMarked;
