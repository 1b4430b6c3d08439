"""What a consulate hangs up and hands out: posters and wallet cards with a link of its own, made offline."""
