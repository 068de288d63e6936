package io.homeport.benchmark.server;

import io.homeport.runtime.TaskFiles;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/** The files of tasks that are only simulated: there are none. */
final class NoFiles implements TaskFiles {
  @Override
  public List<Entry> list(Place place, String path) throws NoSuchFileException {
    throw new NoSuchFileException(path);
  }

  @Override
  public Chunk read(Place place, String path, long offset, int length) throws NoSuchFileException {
    throw new NoSuchFileException(path);
  }

  @Override
  public Optional<Usage> usage(Place.VolumeData place) {
    return Optional.empty();
  }

  @Override
  public List<Use> uses(Place.VolumeData place) {
    return List.of();
  }

  @Override
  public Optional<Use> use(Place.Sandbox place) {
    return Optional.empty();
  }

  @Override
  public Optional<String> location(Place place) {
    return Optional.empty();
  }
}
