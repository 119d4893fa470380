"""Addresses of search."""

from django.urls import path

from search import help, views

urlpatterns = [
    path("", views.search_page, name="search"),
    path("help/", help.search_help, name="search_help"),
]
