package io.homeport.simulation.cluster;

import io.homeport.model.Offer;
import io.homeport.model.OfferedReservation;
import java.util.ArrayList;
import java.util.List;

/** What offers hold, whatever they are called. */
final class OfferContent {
  private OfferContent() {}

  /**
   * Whether two offers hold the same on the same host.
   *
   * @param summedUp whether only the sum of their space is compared: a volume has grown
   */
  static boolean isSame(Offer one, Offer other, boolean summedUp) {
    return of(one, summedUp).equals(of(other, summedUp));
  }

  private static List<Object> of(Offer offer, boolean summedUp) {
    List<Object> content = new ArrayList<>();
    content.add(offer.agent().hostname());
    double space = 0;
    for (OfferedReservation part : offer.reservations()) {
      space += part.resources().disk() + volumes(part);
      content.add(part.id());
      content.add(part.resources().withDisk(summedUp ? 0 : part.resources().disk()));
      content.add(part.ports());
      for (OfferedReservation.OfferedVolume volume : part.volumes()) {
        content.add(volume.id());
        content.add(summedUp ? 0.0 : volume.sizeMib());
      }
    }
    double free = offer.unreserved().resources().disk();
    content.add(offer.unreserved().resources().withDisk(summedUp ? free + space : free));
    content.add(offer.unreserved().ports());
    return content;
  }

  private static double volumes(OfferedReservation part) {
    return part.volumes().stream().mapToDouble(OfferedReservation.OfferedVolume::sizeMib).sum();
  }

  /** A reservation as it is once its volumes are destroyed. */
  static OfferedReservation emptied(OfferedReservation part) {
    return new OfferedReservation(
        part.id(),
        part.installation(),
        part.resources().withDisk(part.resources().disk() + volumes(part)),
        part.ports(),
        part.disks(),
        List.of());
  }
}
