"""What a layer's range holds."""
import unittest

import numpy as np

from midframe_train.training import calibration


class CalibrationTest(unittest.TestCase):
    def test_a_picture_s_outermost_values_lie_beyond_its_range(self):
        values = np.concatenate((np.linspace(-1, 2, 9998), (-50, 80)))
        low, high = calibration.limits(values, outermost=2e-4)
        self.assertAlmostEqual(low, -1, 2)
        self.assertAlmostEqual(high, 2, 2)

    def test_one_clip_of_extremes_widens_no_range(self):
        found = [[-1.0, 2.0]] * 39 + [[-30.0, 40.0]]
        self.assertEqual(calibration.covering(found), [-1.0, 2.0])
        self.assertEqual(calibration.covering(found, 1.0), [-30.0, 40.0])


if __name__ == "__main__":
    unittest.main()
