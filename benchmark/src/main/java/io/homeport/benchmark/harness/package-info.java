/** What every benchmark needs: conditions, figures with goals and peers, the report. */
@NullMarked
package io.homeport.benchmark.harness;

import org.jspecify.annotations.NullMarked;
