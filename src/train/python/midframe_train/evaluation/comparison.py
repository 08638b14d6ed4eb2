"""What the PSNRs of pairs say: means over groups, worst deciles, and how sure a difference is."""
import math

import numpy as np

METHODS = ("model", "blend", "minterpolate")


def means(groups):
    """groups: {name: [[pairs of a clip, methods], ...]} in dB. Returns {name: [methods]}: pairs are averaged in a clip, clips in a group."""
    return {name: np.mean([np.mean(clip, 0) for clip in clips], 0) for name, clips in groups.items()}


def worst_decile(pairs):
    """The mean of the worst tenth."""
    ordered = np.sort(pairs)
    return ordered[:max(1, round(len(ordered) / 10))].mean()


def sign_test(better, worse):
    """How likely a count so uneven, or a more uneven one, is if both were equally good."""
    count = better + worse
    return min(1.0, 2 * sum(math.comb(count, index) for index in range(min(better, worse) + 1)) / 2 ** count) if count else 1.0


def verdict(differences):
    """A line about differences in dB, one a group."""
    differences = np.asarray(differences)
    better, worse = int((differences > 0).sum()), int((differences < 0).sum())
    return (f"{differences.mean():+.3f} dB on the mean, {better} groups better, {worse} worse (sign test p = {sign_test(better, worse):.2g}), "
            f"from {differences.min():+.2f} to {differences.max():+.2f} dB")


def report(groups):
    """Lines of a table and of what follows from it."""
    lines = [f"{'group':20} {'clips':>5} {'pairs':>5} {'model':>7} {'blend':>7} {'minterpolate':>12} {'over it':>8}   RGB PSNR, dB"]
    rows = means(groups)
    for name, row in rows.items():
        lines.append(f"{name:20} {len(groups[name]):5} {sum(map(len, groups[name])):5} {row[0]:7.2f} {row[1]:7.2f} {row[2]:12.2f} {row[0] - row[2]:+8.2f}")
    pairs = np.array([pair for clips in groups.values() for clip in clips for pair in clip])
    rows = np.array(list(rows.values()))
    for title, row in (("mean of groups", rows.mean(0)), ("worst decile of pairs", [worst_decile(column) for column in pairs.T])):
        lines.append(f"{title:32} {row[0]:7.2f} {row[1]:7.2f} {row[2]:12.2f} {row[0] - row[2]:+8.2f}")
    return lines + [f"against {METHODS[other]}: {verdict(rows[:, 0] - rows[:, other])}" for other in (1, 2)]


def against(groups, earlier):
    """A line about the model of `groups` against that of `earlier`, over the groups that both have."""
    now, before = means(groups), means(earlier)
    return f"against the earlier weights: {verdict([now[name][0] - before[name][0] for name in now if name in before])}"
