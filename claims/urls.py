"""The addresses that readers reach."""

app_name = "claims"

urlpatterns = []
