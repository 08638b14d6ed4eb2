"""How results of pairs become a verdict."""
import unittest

from midframe_train.evaluation import comparison


class ComparisonTest(unittest.TestCase):
    def test_a_group_counts_once_however_many_clips_it_has(self):
        groups = {"one": [[[30, 20, 25]]], "many": [[[40, 30, 35]], [[42, 30, 35], [44, 30, 35]]]}
        means = comparison.means(groups)
        self.assertEqual(list(means["one"]), [30, 20, 25])
        self.assertEqual(list(means["many"]), [41.5, 30, 35])

    def test_the_sign_test_is_that_of_a_fair_coin(self):
        self.assertEqual(comparison.sign_test(0, 0), 1)
        self.assertEqual(comparison.sign_test(5, 5), 1)
        self.assertAlmostEqual(comparison.sign_test(10, 0), 2 / 1024)
        self.assertAlmostEqual(comparison.sign_test(1, 9), 2 * 11 / 1024)

    def test_the_worst_decile_is_a_mean_of_the_worst_tenth(self):
        self.assertEqual(comparison.worst_decile(list(range(20))), 0.5)
        self.assertEqual(comparison.worst_decile([7, 3]), 3)

    def test_a_verdict_counts_groups_on_each_side(self):
        self.assertIn("2 groups better, 1 worse", comparison.verdict([0.5, -0.1, 0.2]))
