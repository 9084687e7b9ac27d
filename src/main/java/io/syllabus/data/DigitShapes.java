package io.syllabus.data;

import static io.syllabus.data.DigitStroke.loop;
import static io.syllabus.data.DigitStroke.smooth;
import static io.syllabus.data.DigitStroke.straight;

import java.util.List;

/** The ways in which people write the ten digits, each a few strokes in the unit square. */
final class DigitShapes {
  private static final List<List<List<DigitStroke>>> SHAPES =
      List.of(
          zeros(), ones(), twos(), threes(), fours(), fives(), sixes(), sevens(), eights(),
          nines());

  private DigitShapes() {}

  /** The shapes of a digit from 0 to 9. */
  static List<List<DigitStroke>> of(int digit) {
    return SHAPES.get(digit);
  }

  private static List<List<DigitStroke>> zeros() {
    List<DigitStroke> slim =
        List.of(
            loop(.50, .08, .68, .20, .75, .50, .68, .80, .50, .92, .32, .80, .25, .50, .32, .20));
    List<DigitStroke> round =
        List.of(
            loop(.50, .10, .74, .22, .84, .50, .74, .78, .50, .90, .26, .78, .16, .50, .26, .22));
    return List.of(slim, round);
  }

  private static List<List<DigitStroke>> ones() {
    List<DigitStroke> plain = List.of(straight(.50, .08, .50, .92));
    List<DigitStroke> flagged = List.of(straight(.30, .30, .54, .08, .54, .92));
    List<DigitStroke> based =
        List.of(straight(.32, .24, .52, .08, .52, .92), straight(.30, .92, .74, .92));
    return List.of(plain, flagged, based);
  }

  private static List<List<DigitStroke>> twos() {
    List<DigitStroke> sharp =
        List.of(
            smooth(.24, .30, .34, .13, .54, .08, .72, .20, .70, .40, .50, .64, .24, .92),
            straight(.24, .92, .78, .92));
    List<DigitStroke> curled =
        List.of(
            smooth(
                .26, .26, .40, .09, .64, .12, .72, .30, .60, .56, .36, .84, .24, .84, .30, .74, .52,
                .84, .80, .88));
    return List.of(sharp, curled);
  }

  private static List<List<DigitStroke>> threes() {
    List<DigitStroke> round =
        List.of(
            smooth(.26, .18, .46, .08, .68, .16, .68, .36, .44, .47),
            smooth(.44, .47, .70, .54, .76, .74, .54, .92, .24, .82));
    List<DigitStroke> flat =
        List.of(
            straight(.25, .10, .74, .10, .46, .42),
            smooth(.46, .42, .70, .49, .76, .72, .54, .92, .24, .84));
    return List.of(round, flat);
  }

  private static List<List<DigitStroke>> fours() {
    List<DigitStroke> closed = List.of(straight(.64, .92, .64, .08, .20, .66, .84, .66));
    List<DigitStroke> open =
        List.of(straight(.34, .10, .24, .56, .80, .56), straight(.66, .26, .62, .92));
    return List.of(closed, open);
  }

  private static List<List<DigitStroke>> fives() {
    List<DigitStroke> sharp =
        List.of(
            straight(.74, .10, .32, .10, .28, .46),
            smooth(.28, .46, .52, .39, .75, .55, .73, .78, .52, .92, .24, .84));
    List<DigitStroke> round =
        List.of(
            smooth(.36, .12, .29, .44, .54, .42, .74, .60, .66, .84, .44, .92, .24, .80),
            straight(.36, .12, .76, .09));
    return List.of(sharp, round);
  }

  private static List<List<DigitStroke>> sixes() {
    List<DigitStroke> curved =
        List.of(
            smooth(
                .70, .10, .44, .24, .28, .50, .26, .74, .46, .92, .70, .84, .74, .64, .54, .50, .30,
                .64));
    List<DigitStroke> upright =
        List.of(
            smooth(.50, .08, .34, .36, .26, .68),
            loop(.50, .48, .70, .54, .76, .70, .68, .86, .50, .92, .32, .86, .25, .70, .32, .54));
    return List.of(curved, upright);
  }

  private static List<List<DigitStroke>> sevens() {
    List<DigitStroke> plain = List.of(straight(.22, .10, .78, .10, .42, .92));
    List<DigitStroke> crossed =
        List.of(straight(.22, .10, .78, .10, .40, .92), straight(.36, .50, .74, .50));
    List<DigitStroke> curved =
        List.of(straight(.22, .12, .78, .10), smooth(.78, .10, .56, .40, .46, .66, .44, .92));
    return List.of(plain, crossed, curved);
  }

  private static List<List<DigitStroke>> eights() {
    List<DigitStroke> crossing =
        List.of(
            loop(
                .50, .47, .70, .32, .66, .14, .50, .08, .34, .14, .30, .32, .50, .47, .73, .66, .70,
                .85, .50, .92, .30, .85, .27, .66));
    List<DigitStroke> stacked =
        List.of(
            loop(.50, .08, .68, .14, .70, .32, .50, .46, .30, .32, .32, .14),
            loop(.50, .46, .74, .58, .74, .80, .50, .92, .26, .80, .26, .58));
    return List.of(crossing, stacked);
  }

  private static List<List<DigitStroke>> nines() {
    List<DigitStroke> upright =
        List.of(
            loop(.50, .08, .70, .14, .75, .31, .68, .48, .50, .53, .32, .48, .25, .31, .32, .14),
            smooth(.75, .31, .73, .62, .66, .92));
    List<DigitStroke> curled =
        List.of(
            smooth(
                .72, .32, .56, .50, .34, .45, .27, .26, .44, .09, .66, .12, .73, .32, .73, .62, .58,
                .88, .32, .90));
    return List.of(upright, curled);
  }
}
