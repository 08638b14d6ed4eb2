"""Draws a training's log.csv (Middlebury-other over time) as a small SVG."""
import argparse
import csv
import math

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 320, 52, 16, 28, 40


def draw(log, target):
    with open(log, newline="") as file:
        points = [(float(row["minutes"]), float(row["middlebury_other_rgb_psnr_db"])) for row in csv.DictReader(file)]
    if not points:
        raise SystemExit(f"{log}: no measurement yet")
    low, high = math.floor(min(value for _, value in points)), math.ceil(max(value for _, value in points))
    last = max(10, 10 * math.ceil(max(minute for minute, _ in points) / 10))

    def x(minute):
        return LEFT + (WIDTH - LEFT - RIGHT) * minute / last

    def y(value):
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - low) / (high - low)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
             f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
             f'<text x="{LEFT}" y="18">Middlebury-other, mean RGB PSNR (dB), averaged weights, over minutes of training</text>']
    for value in range(low, high + 1):
        parts.append(f'<path d="M{LEFT} {y(value):.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
                     f'<text x="{LEFT - 8}" y="{y(value) + 4:.1f}" text-anchor="end">{value}</text>')
    for minute in range(0, last + 1, 10):
        parts.append(f'<text x="{x(minute):.1f}" y="{HEIGHT - 16}" text-anchor="middle">{minute}</text>')
    line = " ".join(f"{x(minute):.1f},{y(value):.1f}" for minute, value in points)
    parts.append(f'<polyline points="{line}" fill="none" stroke="#06c" stroke-width="2"/>')
    parts.append(f'<text x="{x(points[-1][0]):.1f}" y="{y(points[-1][1]) - 8:.1f}" text-anchor="end">{points[-1][1]:.2f}</text></svg>')
    with open(target, "w") as file:
        file.write("\n".join(parts) + "\n")


def main(arguments):
    parser = argparse.ArgumentParser(prog="midframe_train curve", description=__doc__)
    parser.add_argument("log", help="a training's log.csv")
    parser.add_argument("out", help="SVG to write")
    options = parser.parse_args(arguments)
    draw(options.log, options.out)
