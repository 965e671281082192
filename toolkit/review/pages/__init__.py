"""What each page shows: plain functions over the frames of a review, one module a notebook."""
