"""The numeric families: what they take, what they give, which wrong rules people use, and how a solution is worked."""
